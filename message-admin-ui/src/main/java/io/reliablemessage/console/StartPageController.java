package io.reliablemessage.console;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class StartPageController {

    @GetMapping("/")
    String start() {
        return "start";
    }
}
