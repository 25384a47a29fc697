package io.reliablemessage.service.platform.problem;

import static io.reliablemessage.api.ProblemType.METHOD_NOT_ALLOWED;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers requests that a filter refused with a bare status. */
@RestController
@io.swagger.v3.oas.annotations.Hidden
class ProblemErrorController implements ErrorController {

    /** Other methods are refused with the path's. */
    private static final String NO_METHOD = "TRACE is not answered at any path.";

    @RequestMapping("/error")
    void error(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        var type = ProblemAdvice.typeOf(status);
        throw new Problem(type, type == METHOD_NOT_ALLOWED ? NO_METHOD : type.meaning());
    }
}
