"""知识库: articles as streams of their own: written, revised, confirmed, withdrawn."""
