-- What changes the schema while the service runs does so as its owner, so that the role of the service may be one that changes none.
-- pg_temp comes last: else a table of the caller's would stand in for ours.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION make_usage_partitions(timestamptz, timestamptz) SECURITY DEFINER SET search_path = %I, pg_temp',
        current_schema());
END $$;
REVOKE EXECUTE ON FUNCTION make_usage_partitions(timestamptz, timestamptz) FROM PUBLIC;

-- Makes a month's partition a table by itself.
CREATE FUNCTION detach_usage_partition(p_month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    EXECUTE format('ALTER TABLE usage_event DETACH PARTITION %I', 'usage_event_' || to_char(p_month, 'YYYY_MM'));
END $$;
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION detach_usage_partition(date) SET search_path = %I, pg_temp', current_schema());
END $$;
REVOKE EXECUTE ON FUNCTION detach_usage_partition(date) FROM PUBLIC;
