package dev.tollkeeper.http.csv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;

/** Answers with CSV where the client accepts {@code text/csv}. */
@Provider
@Produces(CsvTable.MEDIA_TYPE)
public class CsvWriter implements MessageBodyWriter<CsvTable> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return CsvTable.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(CsvTable table, Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType,
            MultivaluedMap<String, Object> headers, OutputStream body) throws IOException {
        headers.putSingle(HttpHeaders.CONTENT_TYPE, CsvTable.MEDIA_TYPE + ";charset=UTF-8;header=present");
        if (table.nextCursor() != null) {
            headers.putSingle("X-Next-Cursor", table.nextCursor());
        }
        Writer writer = new OutputStreamWriter(body, StandardCharsets.UTF_8);
        Csv.write(table, writer);
        writer.flush();
    }
}
