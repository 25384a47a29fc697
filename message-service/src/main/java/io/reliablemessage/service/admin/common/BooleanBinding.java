package io.reliablemessage.service.admin.common;

import org.springframework.beans.propertyeditors.CustomBooleanEditor;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/** Binds true and false in a query as JSON has them: Spring would also take yes, on, 1 and their opposites. */
@ControllerAdvice
class BooleanBinding {

    @InitBinder
    void booleans(WebDataBinder binder) {
        binder.registerCustomEditor(Boolean.class, new CustomBooleanEditor("true", "false", true));
    }
}
