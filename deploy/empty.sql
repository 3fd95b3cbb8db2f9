-- Removes everything of the portal from the database, and nothing that belongs to an extension.
SET client_min_messages = warning;
DO $$
DECLARE
    thing record;
BEGIN
    FOR thing IN SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'
    LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || thing.name || ' CASCADE';
    END LOOP;
    FOR thing IN
        SELECT routine.oid::regprocedure AS name
        FROM pg_proc AS routine
        WHERE routine.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = routine.oid AND deptype = 'e')
    LOOP
        EXECUTE 'DROP ROUTINE IF EXISTS ' || thing.name || ' CASCADE';
    END LOOP;
    FOR thing IN
        SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences WHERE schemaname = 'public'
    LOOP
        EXECUTE 'DROP SEQUENCE IF EXISTS ' || thing.name || ' CASCADE';
    END LOOP;
END
$$;
