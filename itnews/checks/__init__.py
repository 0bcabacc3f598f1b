"""Editorial policy: what a document lacks, how old it is, what it names and readers do not see."""
