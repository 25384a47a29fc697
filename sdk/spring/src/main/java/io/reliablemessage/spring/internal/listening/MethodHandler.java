package io.reliablemessage.spring.internal.listening;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.spring.MessageHandler;
import io.reliablemessage.spring.MessageHead;
import io.reliablemessage.spring.PayloadReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method of a bean with the payload as it takes it.
 *
 * @param parameters their types, one of which is {@link MessageHead} or none
 */
record MethodHandler(Object bean, Method method, List<Type> parameters, PayloadReader reader)
        implements MessageHandler {

    @Override
    public void handle(byte[] payload, MessageHead head) throws Exception {
        var arguments = new @Nullable Object[parameters.size()];
        for (var i = 0; i < arguments.length; i++) {
            arguments[i] = argument(parameters.get(i), payload, head);
        }
        try {
            method.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    private @Nullable Object argument(Type type, byte[] payload, MessageHead head) {
        if (type == MessageHead.class) {
            return head;
        }
        if (type == byte[].class) {
            return payload;
        }
        return type == String.class ? new String(payload, UTF_8) : read(type, payload);
    }

    private @Nullable Object read(Type type, byte[] payload) {
        try {
            return reader.read(payload, type);
        } catch (Exception e) {
            throw new UnreadablePayloadException(type, e);
        }
    }
}
