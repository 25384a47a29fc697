package io.reliablemessage.adminui.page;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.ICloseElementTag;
import org.thymeleaf.model.IModelFactory;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/**
 * Shows characters that cannot be seen, or that turn others around, as their escapes, on all pages: one text of a
 * stranger must not look like another. What a form sends, and what a button copies, stays as it is.
 */
@Component
class VisibleText implements IPostProcessorDialect {

    private static final int PRECEDENCE = 1000;

    // The last ones are letters and a symbol that look like blanks.
    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cf}[\\p{Cc}&&[^\\t\\r\\n]]\\u2028\\u2029\\u115f\\u1160\\u2800\\u3164\\uffa0]");

    @Override
    public String getName() {
        return "visible text";
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return PRECEDENCE;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Handler.class, PRECEDENCE));
    }

    static String of(String text) {
        return HIDDEN.matcher(text).replaceAll(hidden -> "\\\\" + escaped(hidden.group()));
    }

    private static String escaped(String character) {
        return character
                .chars()
                .mapToObj(unit -> "u" + String.format(Locale.ROOT, "%04X", unit))
                .collect(Collectors.joining("\\\\"));
    }

    /** For Thymeleaf, which makes one for each page. */
    public static final class Handler extends AbstractTemplateHandler {

        private static final Set<String> SHOWN = Set.of("title", "aria-label", "data-label");
        private static final String TYPED = "textarea";

        private @Nullable IModelFactory models;
        private boolean isTyped;

        @Override
        public void setContext(ITemplateContext context) {
            super.setContext(context);
            models = context.getModelFactory();
        }

        @Override
        public void handleText(IText text) {
            var shown = of(text.getText());
            super.handleText(
                    isTyped || models == null || shown.equals(text.getText()) ? text : models.createText(shown));
        }

        @Override
        public void handleOpenElement(IOpenElementTag tag) {
            isTyped = TYPED.equals(tag.getElementCompleteName());
            super.handleOpenElement(shown(tag));
        }

        @Override
        public void handleCloseElement(ICloseElementTag tag) {
            isTyped = false;
            super.handleCloseElement(tag);
        }

        @Override
        public void handleStandaloneElement(IStandaloneElementTag tag) {
            super.handleStandaloneElement(shown(tag));
        }

        private <T extends IProcessableElementTag> T shown(T tag) {
            var shown = tag;
            for (var name : SHOWN) {
                var value = tag.getAttributeValue(name);
                if (models != null && value != null && !of(value).equals(value)) {
                    shown = models.setAttribute(shown, name, of(value));
                }
            }
            return shown;
        }
    }
}
