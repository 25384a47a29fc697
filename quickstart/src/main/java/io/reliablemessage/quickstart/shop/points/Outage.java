package io.reliablemessage.quickstart.shop.points;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For the scenarios: the service is down and loses the messages that the broker delivers. A restart ends it. */
@RestController
@RequestMapping("/points/outage")
class Outage {

    private volatile boolean isOn;

    boolean isOn() {
        return isOn;
    }

    @PutMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void begin() {
        isOn = true;
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end() {
        isOn = false;
    }
}
