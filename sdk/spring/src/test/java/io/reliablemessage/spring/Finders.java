package io.reliablemessage.spring;

import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Application contexts with listeners. */
final class Finders {

    private Finders() {}

    /** What is found in a context with these properties and beans. */
    @SuppressWarnings("unchecked")
    static ReliableListenerFinder of(Map<String, Object> properties, Object... beans) {
        var context = new GenericApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        for (var bean : beans) {
            context.registerBean((Class<Object>) bean.getClass(), () -> bean);
        }
        context.registerBean(ReliableListenerFinder.class);
        context.refresh();
        return context.getBean(ReliableListenerFinder.class);
    }
}
