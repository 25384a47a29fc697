package io.reliablemessage.service.registry;

import io.reliablemessage.api.ApplicationRequest;
import io.reliablemessage.api.ApplicationView;
import io.reliablemessage.api.SubscriptionRequest;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.api.TopicRequest;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.service.checkback.CheckbackEndpoints;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.security.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "registry")
class RegistryController {

    private final Registry registry;
    private final CheckbackEndpoints endpoints;

    RegistryController(Registry registry, CheckbackEndpoints endpoints) {
        this.registry = registry;
        this.endpoints = endpoints;
    }

    @PutMapping(value = "/application", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(
            operationId = "registerApplication",
            summary = "Sets the check URL and secret of the calling application",
            description =
                    "Safe to repeat at every start. Check-backs and their answers are signed as Standard Webhooks are.")
    @Example("""
            {"checkUrl": "https://orders.example.com/checkbacks",
             "checkSecret": "whsec_x3VbN0dJ5mO8pQ2rT4uW6yZ9aB1cD7eF+gH/iJkLmNo="}""")
    ApplicationView application(@RequestBody ApplicationRequest request, Caller caller) {
        return endpoints.register(caller.application(), request, true);
    }

    @PutMapping(value = "/topics/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(
            operationId = "registerTopic",
            summary = "Registers a topic of the calling application, or changes it",
            description =
                    "Safe to repeat at every start. Consumers that are no longer named have their subscriptions retired.")
    @Example("""
            {"consumers": ["loyalty", "warehouse"], "checkAfter": "PT1M"}""")
    TopicView topic(@PathVariable String name, @RequestBody TopicRequest request, Caller caller) {
        return registry.topic(name, caller.application(), request);
    }

    @DeleteMapping("/topics/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RolesAllowed(Role.Names.PRODUCER)
    @Operation(
            operationId = "deleteTopic",
            summary = "Deletes a topic of the calling application that nobody subscribed to",
            description = "Frees its place in the application's quota.")
    void deleteTopic(@PathVariable String name, Caller caller) {
        registry.deleteTopic(name, caller.application());
    }

    @PutMapping(value = "/subscriptions/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @RolesAllowed(Role.Names.CONSUMER)
    @Operation(
            operationId = "registerSubscription",
            summary = "Subscribes the calling application to a topic, or changes the subscription",
            description = "Safe to repeat at every start. Declares the queue that the answer names; listen on it.")
    @Example("""
            {"topic": "order.placed", "kind": "QUEUE", "schedule": ["PT30S", "PT1M"], "maxAttempts": 12}""")
    SubscriptionView subscription(@PathVariable String name, @RequestBody SubscriptionRequest request, Caller caller) {
        return registry.subscription(name, caller.application(), request);
    }
}
