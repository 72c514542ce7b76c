"""How older tables become today's. Alembic runs these; nothing else imports them."""
