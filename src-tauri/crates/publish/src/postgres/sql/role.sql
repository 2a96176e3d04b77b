-- Run once as the owner of the database (psql, or the SQL editor of your host). It makes a role that can fill the schema
-- smartlinks and see nothing else, and a role for whatever reads the catalogue. Running it again changes nothing.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartlinks_publisher') THEN
    CREATE ROLE smartlinks_publisher LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 10;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'smartlinks_reader') THEN
    CREATE ROLE smartlinks_reader NOLOGIN;
  END IF;
  -- Who is no superuser may only hand a schema to a role it belongs to.
  EXECUTE format('GRANT smartlinks_publisher TO %I', current_user);
  EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO smartlinks_publisher', current_database());
END
$$;

CREATE SCHEMA IF NOT EXISTS smartlinks AUTHORIZATION smartlinks_publisher;
GRANT USAGE ON SCHEMA smartlinks TO smartlinks_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE smartlinks_publisher IN SCHEMA smartlinks GRANT SELECT ON TABLES TO smartlinks_reader;

-- Last, give it a password of your own: in psql with   \password smartlinks_publisher
-- in a SQL editor with   ALTER ROLE smartlinks_publisher PASSWORD '…';
-- Readers: GRANT smartlinks_reader TO your_shop_role;
