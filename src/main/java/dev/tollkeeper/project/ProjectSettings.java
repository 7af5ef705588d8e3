package dev.tollkeeper.project;

/**
 * What a project's configuration says about its requests.
 *
 * @param active whether the configuration is in force
 * @param allowOverwrite whether a request's own fields win, field by field
 * @param inferenceConfig the stored configuration
 */
public record ProjectSettings(boolean active, boolean allowOverwrite, InferenceConfig inferenceConfig) {
    /**
     * The configuration that a request gets: the stored one, unless requests may overwrite it. One that is not in force
     * leaves the request with its own wishes.
     *
     * @param asked the request's own wishes, null for none
     */
    public InferenceConfig effective(InferenceConfigRequest asked) {
        InferenceConfig base = active ? inferenceConfig : InferenceConfig.DEFAULT;
        boolean wishesCount = asked != null && (allowOverwrite || !active);
        return wishesCount ? asked.over(base) : base;
    }
}
