-- A small real registry to begin with; the operator changes it with PUT and DELETE /api/registry.
-- eu_native: the company has its seat in the European Union.

INSERT INTO registry_provider (id, name, eu_native) VALUES
    ('aleph-alpha', 'Aleph Alpha', true),
    ('anthropic', 'Anthropic', false),
    ('aws', 'Amazon Web Services', false),
    ('azure', 'Microsoft Azure', false),
    ('cohere', 'Cohere', false),
    ('google', 'Google Cloud', false),
    ('groq', 'Groq', false),
    ('ionos', 'IONOS', true),
    ('mistral', 'Mistral AI', true),
    ('nebius', 'Nebius', true),
    ('openai', 'OpenAI', false),
    ('ovh', 'OVHcloud', true),
    ('scaleway', 'Scaleway', true);

-- Context sizes as the makers of the models publish them.
INSERT INTO registry_model (id, provider, name, context_tokens) VALUES
    ('claude-3-5-haiku', 'anthropic', 'Claude 3.5 Haiku', 200000),
    ('claude-3-5-sonnet', 'anthropic', 'Claude 3.5 Sonnet', 200000),
    ('codestral-latest', 'mistral', 'Codestral', 256000),
    ('command-r-plus', 'cohere', 'Command R+', 128000),
    ('deepseek-r1', 'nebius', 'DeepSeek R1', 128000),
    ('deepseek-v3', 'nebius', 'DeepSeek V3', 128000),
    ('gemini-1.5-flash', 'google', 'Gemini 1.5 Flash', 1048576),
    ('gemini-1.5-pro', 'google', 'Gemini 1.5 Pro', 2097152),
    ('gpt-4.1', 'openai', 'GPT-4.1', 1047576),
    ('gpt-4o', 'openai', 'GPT-4o', 128000),
    ('gpt-4o-mini', 'openai', 'GPT-4o mini', 128000),
    ('llama-3.1-70b-instruct', 'scaleway', 'Llama 3.1 70B Instruct', 128000),
    ('llama-3.1-8b-instruct', 'scaleway', 'Llama 3.1 8B Instruct', 128000),
    ('llama-3.3-70b-instruct', 'ovh', 'Llama 3.3 70B Instruct', 128000),
    ('ministral-8b-latest', 'mistral', 'Ministral 8B', 128000),
    ('mistral-embed', 'mistral', 'Mistral Embed', 8192),
    ('mistral-large-latest', 'mistral', 'Mistral Large', 128000),
    ('mistral-medium-latest', 'mistral', 'Mistral Medium', 128000),
    ('mistral-nemo-instruct-2407', 'ovh', 'Mistral Nemo Instruct 2407', 128000),
    ('mistral-small-latest', 'mistral', 'Mistral Small', 128000),
    ('nova-pro', 'aws', 'Amazon Nova Pro', 300000),
    ('phi-4', 'azure', 'Phi-4', 16384),
    ('teuken-7b-instruct', 'ionos', 'Teuken 7B Instruct', 4096);
