package io.reliablemessage.spring.boot;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/** The databases that messages are sent with. */
final class ProducerDataSources {

    private static final String PROPERTY = "reliable-message.producer.data-sources";

    private ProducerDataSources() {}

    /** @throws IllegalStateException there is none, or it is not clear which */
    static List<DataSource> of(ListableBeanFactory beans, List<String> names) {
        if (!names.isEmpty()) {
            return names.stream().map(name -> named(beans, name)).toList();
        }
        var one = beans.getBeanProvider(DataSource.class).getIfUnique();
        if (one == null) {
            throw new IllegalStateException(noneOrMany(List.of(beans.getBeanNamesForType(DataSource.class))));
        }
        return List.of(one);
    }

    private static DataSource named(ListableBeanFactory beans, String name) {
        try {
            return beans.getBean(name, DataSource.class);
        } catch (NoSuchBeanDefinitionException e) {
            var known = List.of(beans.getBeanNamesForType(DataSource.class));
            throw new IllegalStateException(
                    "%s names %s, but no DataSource has this name; there are %s".formatted(PROPERTY, name, known), e);
        }
    }

    private static String noneOrMany(List<String> names) {
        return names.isEmpty()
                ? "Messages are written into the database of the application, but it has no DataSource. Define one, or do"
                        + " not set reliable-message.url"
                : "There are several DataSources and none is primary: name those that messages are sent with in %s; there are %s"
                        .formatted(PROPERTY, names);
    }
}
