-- What waited when the backup was made may have been sent since; a person decides about it.
UPDATE public.notifications_outboxmail
SET state = 'uncertain', error = 'Przywrócono z kopii zapasowej'
WHERE state IN ('queued', 'claimed', 'attempting');
