"""From values to bytes: feeds, the sitemap, assets. Pure functions; nothing here opens a file."""
