"""The site as a whole: which documents there are, where they are published, and where references lead."""
