package dev.ringmaster.http.identity;

import dev.ringmaster.http.web.Caller;
import dev.ringmaster.http.web.Problem;
import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.persistence.tenant.Group;
import dev.ringmaster.persistence.tenant.Groups;
import dev.ringmaster.persistence.tenant.Instances;
import dev.ringmaster.persistence.tenant.People;
import dev.ringmaster.persistence.tenant.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The profile card (AGT-020): who is logged in, where, in which groups and with which rights.
public final class Me {
    private final Instances instances;
    private final People people;
    private final Groups groups;

    public Me(Instances instances, People people, Groups groups) {
        this.instances = instances;
        this.people = people;
        this.groups = groups;
    }

    public Person person(Caller caller) {
        return people.byId(caller.instanceId(), caller.personId()).orElseThrow(Problem::notLoggedIn);
    }

    public List<Group> groups(Caller caller) {
        return groups.ofAgent(caller.instanceId(), caller.personId());
    }

    public Map<String, @Nullable Object> json(Caller caller) {
        var person = person(caller);
        var instance = instances.byId(caller.instanceId()).orElseThrow(Problem::notLoggedIn);
        var settings = new LinkedHashMap<String, @Nullable Object>();
        settings.put("autoAnswer", person.settings().autoAnswer());
        settings.put("lastCaller", person.settings().lastCaller().orElse(null));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("agentId", person.agentId());
        json.put("login", person.login());
        json.put("displayName", person.displayName());
        json.put("realName", person.realName());
        json.put(
                "roles",
                person.roles().stream()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .sorted()
                        .toList());
        json.put(
                "rights",
                caller.session().rights().stream().map(Right::code).sorted().toList());
        json.put("department", person.department());
        json.put("businessUnit", person.businessUnit());
        json.put(
                "groups",
                groups(caller).stream()
                        .map(group -> Map.of("id", group.groupId(), "name", group.name(), "nameEn", group.nameEn()))
                        .toList());
        json.put(
                "instance",
                Map.of(
                        "id", instance.id(),
                        "address", instance.address(),
                        "name", instance.name(),
                        "zone", instance.zone().getId()));
        json.put("settings", settings);
        return json;
    }
}
