package io.reliablemessage.service.admin.common;

import io.reliablemessage.adminapi.overview.Window;
import java.beans.PropertyEditorSupport;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Binds a window in a query by its duration, such as PT1H. */
@ControllerAdvice
class WindowBinding {

    @InitBinder
    void windows(WebDataBinder binder) {
        binder.registerCustomEditor(Window.class, new Editor());
    }

    // An editor, since Spring falls back to the constants' names after a Converter that refused a text.
    private static final class Editor extends PropertyEditorSupport {
        @Override
        public void setAsText(String text) {
            setValue(
                    text.isEmpty()
                            ? null
                            : Window.of(text).orElseThrow(() -> new IllegalArgumentException("no window: " + text)));
        }
    }
}
