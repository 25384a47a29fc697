package io.reliablemessage.spring.internal.listening;

import io.reliablemessage.spring.MessageHead;
import io.reliablemessage.spring.PayloadReader;
import io.reliablemessage.spring.ReliableListener;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Reads the methods of beans that are marked as listeners, and refuses those that cannot be one. */
public final class AnnotatedListeners {

    private final PayloadReader reader;
    private final UnaryOperator<String> placeholders;

    /** @param placeholders resolves those in topics and subscriptions */
    public AnnotatedListeners(PayloadReader reader, UnaryOperator<String> placeholders) {
        this.reader = reader;
        this.placeholders = placeholders;
    }

    public static boolean isIn(Class<?> type) {
        return !marked(type).isEmpty();
    }

    private static Map<Method, ReliableListener> marked(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (MetadataLookup<ReliableListener>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, ReliableListener.class));
    }

    /**
     * The listeners of a bean; of the class behind it, if it is a proxy.
     *
     * @throws IllegalArgumentException names a method that cannot be a listener, and why
     */
    public List<Subscribed> of(Object bean) {
        var type = AopUtils.getTargetClass(bean);
        var found = new ArrayList<Subscribed>();
        marked(type).forEach((method, listener) -> found.add(of(bean, type, method, listener)));
        return found;
    }

    private Subscribed of(Object bean, Class<?> type, Method method, ReliableListener listener) {
        var parameters = parameters(type, method);
        check(method, parameters);
        return new Subscribed(
                placeholders.apply(listener.topic()),
                placeholders.apply(listener.subscription()),
                listener.concurrency(),
                listener.prefetch(),
                new MethodHandler(bean, invocable(bean, method), parameters, reader));
    }

    private static List<Type> parameters(Class<?> type, Method method) {
        var parameters = new ArrayList<Type>();
        for (var parameter : method.getGenericParameterTypes()) {
            parameters.add(GenericTypeResolver.resolveType(parameter, type));
        }
        return parameters;
    }

    private void check(Method method, List<Type> parameters) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw refused(method, "is static: make it a method of a bean");
        }
        if (method.getReturnType() != void.class) {
            throw refused(
                    method,
                    "returns " + method.getReturnType().getSimpleName()
                            + ", but returns nothing: the message counts as handled when the method ends, so work must not"
                            + " go on in another thread");
        }
        var heads =
                parameters.stream().filter(type -> type == MessageHead.class).count();
        if (heads > 1 || parameters.size() - heads != 1) {
            throw refused(method, "takes the payload and, if it wants, a MessageHead, and nothing else");
        }
        parameters.stream()
                .filter(type -> type != MessageHead.class && !isRead(type))
                .findFirst()
                .ifPresent(type -> {
                    throw refused(
                            method,
                            "takes a %s, which nothing can read: give MessageConsumer.builder(…) payloads(…), the"
                                            .formatted(type.getTypeName())
                                    + " application's JSON mapper");
                });
    }

    private boolean isRead(Type type) {
        return type == byte[].class
                || type == String.class
                || !(reader instanceof CodecReader)
                || CodecReader.canRead(type);
    }

    /** What is called on a proxy has to go through it, or it would find the proxy's empty fields. */
    private static Method invocable(Object bean, Method method) {
        if (AopUtils.isAopProxy(bean) && Modifier.isFinal(method.getModifiers())) {
            throw refused(method, "is final, but its bean is a proxy: remove final");
        }
        Method invocable;
        try {
            invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
        } catch (IllegalStateException e) {
            throw refused(method, "cannot be called on the bean's proxy: " + e.getMessage());
        }
        invocable.setAccessible(true);
        return invocable;
    }

    private static IllegalArgumentException refused(Method method, String why) {
        return new IllegalArgumentException("The @ReliableListener %s.%s %s"
                .formatted(method.getDeclaringClass().getSimpleName(), method.getName(), why));
    }
}
