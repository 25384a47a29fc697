package io.reliablemessage.quickstart;

import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Prints the beans that an application would consist of, and ends before one of them is made: no database is needed.
 *
 * <p>Run in another JVM, whose class path is what the question is about.
 */
final class ConfigurationProbe {

    static final String PREFIX = "bean ";

    private ConfigurationProbe() {}

    public static void main(String[] args) throws ClassNotFoundException {
        var application = new SpringApplication(Class.forName(args[0]));
        application.addInitializers(ConfigurationProbe::printInsteadOfRunning);
        application.run("--spring.config.name=" + args[1]);
    }

    private static void printInsteadOfRunning(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(factory -> {
            Arrays.stream(factory.getBeanDefinitionNames()).forEach(name -> System.out.println(PREFIX + name));
            System.out.flush();
            Runtime.getRuntime().halt(0);
        });
    }
}
