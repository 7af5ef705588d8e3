package dev.tollkeeper.testsupport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;

import io.quarkus.jackson.ObjectMapperCustomizer;

/** Notes which of our classes are read or written as JSON by reflection: a native binary has to be told of each. */
@Singleton
public class JsonClassRecorder implements ObjectMapperCustomizer {
    /** Where they are noted, one in each line. */
    public static final String FILE = "json-classes";
    private static final String OURS = "dev.tollkeeper.";

    private final Set<String> noted = ConcurrentHashMap.newKeySet();

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("recorder").setSerializerModifier(new BeanSerializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonSerializer<?> modifySerializer(SerializationConfig config, BeanDescription type,
                    JsonSerializer<?> serializer) {
                note(type.getBeanClass());
                return serializer;
            }
        }).setDeserializerModifier(new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription type,
                    JsonDeserializer<?> deserializer) {
                note(type.getBeanClass());
                return deserializer;
            }
        }));
    }

    private void note(Class<?> type) {
        if (type.getName().startsWith(OURS) && noted.add(type.getName())) {
            Evidence.append(FILE, type.getName());
        }
    }
}
