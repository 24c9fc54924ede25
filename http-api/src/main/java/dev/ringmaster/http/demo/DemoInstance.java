package dev.ringmaster.http.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.persistence.identity.Logins;
import dev.ringmaster.persistence.json.DomainJson;
import dev.ringmaster.persistence.tenant.Flows;
import dev.ringmaster.persistence.tenant.Group;
import dev.ringmaster.persistence.tenant.Groups;
import dev.ringmaster.persistence.tenant.HotlineNumber;
import dev.ringmaster.persistence.tenant.Instance;
import dev.ringmaster.persistence.tenant.Instances;
import dev.ringmaster.persistence.tenant.Numbers;
import dev.ringmaster.persistence.tenant.People;
import dev.ringmaster.persistence.tenant.Person;
import dev.ringmaster.persistence.tenant.Role;
import dev.ringmaster.persistence.tenant.Trunks;
import dev.ringmaster.tenant.Trunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The demo instance of `cluster-config/demo/instance.json`. Applied once: what people change
/// afterwards stays, only the address of the
/// simulated carrier follows each start.
public final class DemoInstance {
    private static final String BY = "demo";
    private static final String FILE = "/cluster-config/demo/instance.json";

    private final Repositories to;
    private final JsonNode data;

    /// Where reference data goes.
    public record Repositories(
            Instances instances,
            People people,
            Groups groups,
            Trunks trunks,
            Flows flows,
            Numbers numbers,
            Logins logins) {}

    public DemoInstance(Repositories to) {
        this.to = to;
        this.data = read();
    }

    public String address() {
        return data.at("/instance/address").asText();
    }

    public String password() {
        return data.path("password").asText();
    }

    public List<String> logins() {
        return texts(data.path("people"), "login");
    }

    /// @param peer `host:port` that takes the demo's outbound calls
    public void apply(String peer) {
        var instanceId = data.at("/instance/id").asText();
        if (!complete(instanceId)) {
            instance(instanceId);
            data.path("groups").forEach(group -> group(instanceId, group));
            data.path("people").forEach(person -> person(instanceId, person));
            data.path("groups")
                    .forEach(group -> members(instanceId, group.path("id").asText()));
            trunk(instanceId, peer);
            data.path("flows").forEach(flow -> publish(instanceId, flow));
            data.path("numbers").forEach(number -> number(instanceId, number));
        }
        followPeer(peer);
    }

    /// The last number is written last: with it, everything is there. A first start that was killed begins again.
    private boolean complete(String instanceId) {
        var wanted = texts(data.path("numbers"), "number").getLast();
        return to.numbers().all(instanceId).stream()
                .anyMatch(number -> number.number().equals(wanted));
    }

    private void instance(String instanceId) {
        var json = data.path("instance");
        to.instances()
                .save(
                        new Instance(
                                instanceId,
                                json.path("address").asText(),
                                json.path("name").asText(),
                                ZoneId.of(json.path("zone").asText()),
                                json.path("humanSeats").asInt(),
                                json.path("aiSeats").asInt()),
                        BY);
    }

    private void group(String instanceId, JsonNode json) {
        to.groups()
                .save(
                        new Group(
                                json.path("id").asText(),
                                instanceId,
                                json.path("name").asText(),
                                json.path("nameEn").asText()),
                        BY);
    }

    private void person(String instanceId, JsonNode json) {
        var id = json.path("id").asText();
        var roles = new HashSet<Role>();
        json.path("roles").forEach(role -> roles.add(Role.valueOf(role.asText().toUpperCase(Locale.ROOT))));
        to.people()
                .save(
                        new Person(
                                id,
                                instanceId,
                                Optional.of(json.path("login").asText()),
                                Optional.empty(),
                                json.path("realName").asText(),
                                json.path("displayName").asText(),
                                roles,
                                json.path("department").asText(),
                                json.path("businessUnit").asText(),
                                Person.Settings.DEFAULT),
                        BY);
        to.logins().setPassword(instanceId, id, password(), BY);
    }

    private void members(String instanceId, String groupId) {
        var members = new HashSet<String>();
        data.path("people").forEach(person -> {
            if (strings(person.path("groups")).contains(groupId)) {
                members.add(person.path("id").asText());
            }
        });
        to.groups().setMembers(instanceId, groupId, members, BY);
    }

    private void trunk(String instanceId, String peer) {
        var json = data.path("trunk");
        to.trunks()
                .save(
                        new Trunk(
                                json.path("id").asText(),
                                instanceId,
                                json.path("name").asText(),
                                peer,
                                strings(json.path("trusted")),
                                strings(json.path("codecs")),
                                json.path("maxCalls").asInt(),
                                json.path("dtmf").asText(),
                                1),
                        BY);
    }

    private void followPeer(String peer) {
        var id = data.at("/trunk/id").asText();
        to.trunks().all().stream()
                .filter(trunk -> trunk.trunkId().equals(id) && !trunk.peer().equals(peer))
                .findFirst()
                .ifPresent(trunk -> to.trunks()
                        .save(
                                new Trunk(
                                        id,
                                        trunk.instanceId(),
                                        trunk.name(),
                                        peer,
                                        trunk.trusted(),
                                        trunk.codecs(),
                                        trunk.maxCalls(),
                                        trunk.dtmf(),
                                        trunk.version()),
                                BY));
    }

    private void publish(String instanceId, JsonNode json) {
        try {
            var flow = DomainJson.mapper().treeToValue(json, IvrFlow.class);
            if (to.flows().publish(instanceId, flow, BY) instanceof Flows.Publication.Refused(var refusal)) {
                throw new IllegalStateException(FILE + ": " + flow.flowId() + ": " + refusal.message());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + ": a flow cannot be read", e);
        }
    }

    private void number(String instanceId, JsonNode json) {
        var inbound = json.path("inbound");
        to.numbers()
                .save(
                        new HotlineNumber(
                                json.path("number").asText(),
                                instanceId,
                                data.at("/trunk/id").asText(),
                                json.path("description").asText(),
                                json.path("area").asText(),
                                inbound.has("flow")
                                        ? Optional.of(inbound.path("flow").asText())
                                        : Optional.empty(),
                                inbound.has("surveyLevels")
                                        ? Optional.of(
                                                inbound.path("surveyLevels").asInt())
                                        : Optional.empty(),
                                json.path("outbound").asBoolean(),
                                Optional.empty(),
                                Optional.<Set<String>>empty()),
                        BY);
    }

    private static JsonNode read() {
        try (var in = DemoInstance.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            return DomainJson.mapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode array, String field) {
        var texts = new ArrayList<String>();
        array.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }

    private static List<String> strings(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
