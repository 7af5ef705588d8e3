package dev.tollkeeper.deploy;

import java.lang.reflect.InvocationTargetException;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.kubernetes.client.openapi.JSON;

/** An object of Kubernetes' API as one of our files has it. */
record Manifest(JsonNode content) {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    String kind() {
        return content.path("kind").asText();
    }

    String name() {
        return content.path("metadata").path("name").asText();
    }

    /** The pods that it makes; missing where it makes none. */
    JsonNode podTemplate() {
        return content.path("spec").path("template");
    }

    /**
     * Holds it against Kubernetes' own description of its kind: no field that is not there, none missing that has to be, each of
     * its type. The model reads leniently, so what it has read is written again: a number that was text comes back as a number.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    void requireValid() {
        JsonElement given = JsonParser.parseString(content.toString());
        Class<?> model = model();
        try {
            model.getMethod("validateJsonElement", JsonElement.class).invoke(null, given);
        } catch (InvocationTargetException wrong) {
            throw new IllegalArgumentException(kind() + ' ' + name() + ": " + wrong.getCause().getMessage(), wrong);
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException(other);
        }
        JsonElement read = read(given, model);
        if (!holds(read, given)) {
            throw new IllegalArgumentException("%s %s is read as %s and not as %s".formatted(kind(), name(), read, given));
        }
    }

    private JsonElement read(JsonElement given, Class<?> model) {
        try {
            return JsonParser.parseString(JSON.serialize(JSON.deserialize(given.toString(), model)));
        } catch (JsonParseException | NumberFormatException wrong) {
            throw new IllegalArgumentException(kind() + ' ' + name() + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Whether all that was given was read as it was; lists and maps that were not given are read as empty ones. */
    private static boolean holds(JsonElement read, JsonElement given) {
        if (given.isJsonObject()) {
            return read != null && read.isJsonObject() && given.getAsJsonObject().entrySet().stream()
                    .allMatch(field -> holds(read.getAsJsonObject().get(field.getKey()), field.getValue()));
        }
        if (given.isJsonArray()) {
            JsonArray all = given.getAsJsonArray();
            return read != null && read.isJsonArray() && read.getAsJsonArray().size() == all.size()
                    && IntStream.range(0, all.size())
                            .allMatch(place -> holds(read.getAsJsonArray().get(place), all.get(place)));
        }
        return given.equals(read);
    }

    private Class<?> model() {
        String apiVersion = content.path("apiVersion").asText();
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        try {
            return Class.forName(MODELS + Character.toUpperCase(version.charAt(0)) + version.substring(1) + kind());
        } catch (ClassNotFoundException unknown) {
            throw new IllegalArgumentException("There is no " + apiVersion + ' ' + kind(), unknown);
        }
    }
}
