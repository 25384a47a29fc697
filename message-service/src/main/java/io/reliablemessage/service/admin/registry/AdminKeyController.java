package io.reliablemessage.service.admin.registry;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;

import io.reliablemessage.adminapi.message.ActionRequest;
import io.reliablemessage.adminapi.registry.KeyRequest;
import io.reliablemessage.adminapi.registry.KeyView;
import io.reliablemessage.service.admin.audit.AuditLog;
import io.reliablemessage.service.admin.audit.AuditReasons;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.platform.database.LedgerTransactions;
import io.reliablemessage.service.platform.openapi.Example;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.platform.security.Caller;
import io.reliablemessage.service.platform.security.Role;
import io.reliablemessage.service.platform.security.Role.Names;
import io.reliablemessage.service.registry.ApiKeys;
import io.reliablemessage.service.registry.Applications;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(
        path = "/admin",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "admin")
class AdminKeyController {

    private final Applications applications;
    private final ApiKeys keys;
    private final AuditLog audit;
    private final LedgerTransactions ledger;

    AdminKeyController(Applications applications, ApiKeys keys, AuditLog audit, LedgerTransactions ledger) {
        this.applications = applications;
        this.keys = keys;
        this.audit = audit;
        this.ledger = ledger;
    }

    @PutMapping("/applications/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RolesAllowed(Names.ADMIN)
    @Operation(
            operationId = "createApplication",
            summary = "Creates an application, which can do nothing until it has a key",
            description = "Safe to repeat: an application that is there stays as it is.")
    @Example("""
            {"reason": "the new billing team"}""")
    void create(@PathVariable String name, @RequestBody ActionRequest request, Caller caller) {
        var action = AuditReasons.action(caller, request.reason());
        ledger.commit(() -> {
            if (applications.create(name)) {
                audit.record("CREATE_APPLICATION", name, action);
            }
            return true;
        });
    }

    @PostMapping("/applications/{name}/keys")
    @ResponseStatus(HttpStatus.CREATED)
    @RolesAllowed(Names.ADMIN)
    @Operation(
            operationId = "makeKey",
            summary = "Creates an API key for an application; its secret is returned only this once",
            description =
                    "The audit names it by its prefix. It works at once, except on a replica where it was tried before.")
    @Example("""
            {"roles": ["producer", "consumer"], "expiresAt": "2027-01-01T00:00:00Z", "reason": "rotation"}""")
    KeyView make(@PathVariable String name, @RequestBody KeyRequest request, Caller caller) {
        var action = AuditReasons.action(caller, request.reason());
        var roles = roles(request.roles());
        var until = request.expiresAt();
        return ledger.commit(() -> {
            var made = keys.make(name, roles, until == null ? null : QueryRules.within("expiresAt", until));
            audit.record("MAKE_KEY", made.prefix(), action);
            return made;
        });
    }

    private static Set<Role> roles(@Nullable List<String> names) {
        var roles = EnumSet.noneOf(Role.class);
        for (var name : Objects.requireNonNullElse(names, List.<String>of())) {
            roles.add(Role.parse(String.valueOf(name))
                    .orElseThrow(() -> new Problem(
                            INVALID_REQUEST,
                            "roles takes producer, consumer, worker, viewer, operator, lead, admin and console.")));
        }
        return roles;
    }

    @PostMapping("/keys/{prefix}/expire")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RolesAllowed(Names.ADMIN)
    @Operation(
            operationId = "expireKey",
            summary = "Expires an API key that an operator created",
            description = "It may work for ten seconds more. Keys of the configuration are removed there.")
    @Example("""
            {"reason": "it was in a log"}""")
    void expire(@PathVariable String prefix, @RequestBody ActionRequest request, Caller caller) {
        var action = AuditReasons.action(caller, request.reason());
        ledger.commit(() -> {
            keys.expire(prefix);
            audit.record("EXPIRE_KEY", prefix, action);
            return true;
        });
    }
}
