"""The build engine: keys, digests, traces. It knows nothing of documents."""
