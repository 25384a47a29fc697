package io.reliablemessage.spring;

import io.reliablemessage.spring.internal.listening.AnnotatedListeners;
import java.util.ArrayList;
import java.util.List;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the beans with methods marked {@link ReliableListener}; a bean of the application context, given to {@link
 * MessageConsumer.Builder#listeners(ReliableListenerFinder)}.
 */
public final class ReliableListenerFinder implements BeanFactoryAware, SmartInitializingSingleton {

    private final List<Object> beans = new ArrayList<>();
    private ConfigurableListableBeanFactory factory;

    @SuppressWarnings("NullAway.Init") // Spring sets the factory
    public ReliableListenerFinder() {}

    @Override
    public void setBeanFactory(BeanFactory beanFactory) {
        this.factory = (ConfigurableListableBeanFactory) beanFactory;
    }

    /**
     * Looks at all beans.
     *
     * @throws IllegalStateException a bean with listeners is no singleton
     */
    @Override
    public void afterSingletonsInstantiated() {
        for (var name : factory.getBeanNamesForType(Object.class)) {
            if (ScopedProxyUtils.isScopedTarget(name)) {
                continue;
            }
            var type = AutoProxyUtils.determineTargetClass(factory, name);
            if (type != null
                    && AnnotationUtils.isCandidateClass(type, ReliableListener.class)
                    && AnnotatedListeners.isIn(type)) {
                add(name, type);
            }
        }
    }

    private void add(String name, Class<?> type) {
        if (!factory.isSingleton(name)) {
            throw new IllegalStateException(
                    "The bean %s of %s has methods with @ReliableListener, so it must be a singleton"
                            .formatted(name, type.getName()));
        }
        beans.add(factory.getBean(name));
    }

    /** Complete once the context has made its singletons. */
    List<Object> beans() {
        return List.copyOf(beans);
    }

    /** With the placeholders of the context's properties replaced. */
    String resolved(String text) {
        var resolved = factory.resolveEmbeddedValue(text);
        return resolved == null ? text : resolved;
    }

    /** Whether there is anything to listen to. */
    public boolean isEmpty() {
        return beans.isEmpty();
    }
}
