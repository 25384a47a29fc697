package io.reliablemessage.quickstart.launch;

import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Prints the auto-configurations that take part in an application, and ends before one bean of it is made:
 * no database is needed.
 *
 * <p>Run in another JVM, whose class path is what the question is about.
 */
final class ConfigurationProbe {

    static final String PREFIX = "takes part: ";

    private ConfigurationProbe() {}

    /** The application's class, then arguments for it. */
    public static void main(String[] args) throws ClassNotFoundException {
        var application = new SpringApplication(Class.forName(args[0]));
        application.addInitializers(ConfigurationProbe::printInsteadOfRunning);
        application.run(Arrays.copyOfRange(args, 1, args.length));
    }

    private static void printInsteadOfRunning(ConfigurableApplicationContext context) {
        var candidates = ImportCandidates.load(AutoConfiguration.class, context.getClassLoader())
                .getCandidates();
        context.addBeanFactoryPostProcessor(beans -> {
            Arrays.stream(beans.getBeanDefinitionNames())
                    .filter(name -> isOneOf(candidates, name))
                    .forEach(name -> System.out.println(PREFIX + name));
            System.out.flush();
            Runtime.getRuntime().halt(0);
        });
    }

    /** Or a class inside of one, such as {@code ThymeleafAutoConfiguration$ThymeleafWebMvcConfiguration}. */
    private static boolean isOneOf(List<String> candidates, String name) {
        int nested = name.indexOf('$');
        return candidates.contains(nested < 0 ? name : name.substring(0, nested));
    }
}
