-- What the role of the service may do, where it is not the one that migrates (TOLLKEEPER_DATABASE_SERVICE_ROLE): rows, not tables, and
-- of what is written once and for all not even those.
DO $$
DECLARE
    service_role text := '${service_role}';
    home         text := current_schema();
    relation     text;
BEGIN
    IF service_role IN ('none', current_user) THEN
        RETURN;
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', home, service_role);
    -- Partitions are reached through their table, and only so.
    FOR relation IN SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = home::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            AND c.relname NOT LIKE 'usage\_event\_2%' AND c.relname <> 'flyway_schema_history'
    LOOP
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I.%I TO %I', home, relation, service_role);
    END LOOP;
    FOREACH relation IN ARRAY ARRAY['ledger_transaction', 'ledger_entry', 'audit_entry', 'price', 'invoice', 'invoice_line', 'usage_event']
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %I.%I FROM %I', home, relation, service_role);
    END LOOP;
    EXECUTE format('GRANT SELECT ON %I.flyway_schema_history TO %I', home, service_role);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO %I', home, service_role);
    EXECUTE format('GRANT EXECUTE ON FUNCTION make_usage_partitions(timestamptz, timestamptz), detach_usage_partition(date) TO %I', service_role);
END $$;
