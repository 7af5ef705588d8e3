-- Starting values, so that the first events of these models cost something. They are per token, and meant to be replaced by the
-- operator's own: POST /api/prices with a later effective_from takes over.

INSERT INTO price (id, meter, model, type, unit_price, currency, effective_from, created_at) VALUES
    ('01941f29-7c00-7000-8000-000000000001', 'tokens_in', 'gpt-4o', 'per_unit', 0.0000023, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000002', 'tokens_out', 'gpt-4o', 'per_unit', 0.0000092, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000003', 'tokens_in', 'gpt-4o', 'per_unit', 0.0000025, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000004', 'tokens_out', 'gpt-4o', 'per_unit', 0.00001, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000005', 'tokens_in', 'gpt-4o-mini', 'per_unit', 0.000000138, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000006', 'tokens_out', 'gpt-4o-mini', 'per_unit', 0.000000552, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000007', 'tokens_in', 'gpt-4o-mini', 'per_unit', 0.00000015, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000008', 'tokens_out', 'gpt-4o-mini', 'per_unit', 0.0000006, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000009', 'tokens_in', 'mistral-large-latest', 'per_unit', 0.0000018, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000010', 'tokens_out', 'mistral-large-latest', 'per_unit', 0.0000054, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000011', 'tokens_in', 'mistral-large-latest', 'per_unit', 0.000002, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000012', 'tokens_out', 'mistral-large-latest', 'per_unit', 0.000006, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000013', 'tokens_in', 'mistral-small-latest', 'per_unit', 0.00000009, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000014', 'tokens_out', 'mistral-small-latest', 'per_unit', 0.00000027, 'EUR', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000015', 'tokens_in', 'mistral-small-latest', 'per_unit', 0.0000001, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z'),
    ('01941f29-7c00-7000-8000-000000000016', 'tokens_out', 'mistral-small-latest', 'per_unit', 0.0000003, 'USD', '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z');
