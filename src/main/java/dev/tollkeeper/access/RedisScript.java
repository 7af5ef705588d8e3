package dev.tollkeeper.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** A script that Redis runs on one key: sent by its digest, and whole where Redis does not know it. */
record RedisScript(String text, String digest) {
    private static final int ONE_KEY = 1;

    static RedisScript of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new RedisScript(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    Future<Response> run(RedisConnection connection, String key, long... arguments) {
        return connection.send(request(Command.EVALSHA, digest, key, arguments))
                .recover(failed -> String.valueOf(failed.getMessage()).startsWith("NOSCRIPT")
                        ? connection.send(request(Command.EVAL, text, key, arguments))
                        : Future.failedFuture(failed));
    }

    private static Request request(Command command, String script, String key, long... arguments) {
        Request request = Request.cmd(command).arg(script).arg(ONE_KEY).arg(key);
        for (long argument : arguments) {
            request.arg(argument);
        }
        return request;
    }
}
