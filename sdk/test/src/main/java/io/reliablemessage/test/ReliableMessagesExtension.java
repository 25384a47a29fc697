package io.reliablemessage.test;

import io.reliablemessage.client.ReliableMessageClient;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts and closes the service of a {@link ReliableMessagesTest}. Needs JUnit 5.9 or newer. */
public final class ReliableMessagesExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(ReliableMessagesExtension.class);

    private record Resolver(InMemoryMessageService service, String application) {}

    private static final Map<Class<?>, Function<Resolver, Object>> PARAMETERS = Map.of(
            InMemoryMessageService.class, Resolver::service,
            SentMessages.class, resolver -> resolver.service().sent(),
            TestClock.class, resolver -> resolver.service().clock(),
            ReliableMessageClient.class, resolver -> resolver.service().client(resolver.application()));

    @Override
    public void beforeAll(ExtensionContext context) {
        if (find(context).isPresent()) {
            return; // a nested class shares the one of the class around it
        }
        var test = context.getRequiredTestClass().getAnnotation(ReliableMessagesTest.class);
        var application = test == null ? "application" : test.application();
        var service = InMemoryMessageService.start();
        for (var topic : test == null ? new String[0] : test.topics()) {
            service.subscribe(topic, topic, application);
        }
        context.getStore(NAMESPACE).put(Resolver.class, new Resolver(service, application));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        required(context).service().reset();
    }

    /** Closes the service of this class, not the one of a class around it. */
    @Override
    public void afterAll(ExtensionContext context) {
        var own = context.getStore(NAMESPACE).remove(Resolver.class, Resolver.class);
        if (own != null) {
            own.service().close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Optional.ofNullable(PARAMETERS.get(parameter.getParameter().getType()))
                .orElseThrow()
                .apply(required(context));
    }

    private static Optional<Resolver> find(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(Resolver.class, Resolver.class));
    }

    private static Resolver required(ExtensionContext context) {
        return find(context).orElseThrow(() -> new IllegalStateException("The service is not started"));
    }
}
