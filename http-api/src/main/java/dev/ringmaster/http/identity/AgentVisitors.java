package dev.ringmaster.http.identity;

import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.http.live.Board;
import dev.ringmaster.http.live.Visitors;
import dev.ringmaster.http.web.Authenticator;
import dev.ringmaster.http.web.Caller;
import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.persistence.tenant.Groups;
import dev.ringmaster.persistence.tenant.Instances;
import dev.ringmaster.persistence.tenant.People;
import dev.ringmaster.persistence.tenant.Person;
import java.util.Optional;
import java.util.stream.Collectors;

/// Who stands behind a live socket, from logins and reference data: read again at each hello, so
/// that changed groups count after a reload.
public final class AgentVisitors implements Visitors {
    private final Authenticator authenticator;
    private final Me me;
    private final Instances instances;
    private final People people;
    private final Groups groups;

    public AgentVisitors(Authenticator authenticator, Me me, Instances instances, People people, Groups groups) {
        this.authenticator = authenticator;
        this.me = me;
        this.instances = instances;
        this.people = people;
        this.groups = groups;
    }

    @Override
    public Optional<Visitor> visitor(String accessToken, String instance) {
        return authenticator
                .caller(accessToken)
                .filter(caller -> instances
                        .named(instance)
                        .filter(named -> named.id().equals(caller.instanceId()))
                        .isPresent())
                .map(this::visitor);
    }

    private Visitor visitor(Caller caller) {
        var own = me.groups(caller);
        var watched = caller.may(Right.QUEUE_ALL) ? groups.all(caller.instanceId()) : own;
        var profile = new AgentProfile(
                caller.instanceId(),
                me.person(caller).displayName(),
                own.stream()
                        .map(group -> new AgentProfile.Group(group.groupId(), group.name()))
                        .toList());
        return new Visitor(
                caller,
                profile,
                me.json(caller),
                watched.stream()
                        .map(group -> new Board.Group(group.groupId(), group.name(), group.nameEn()))
                        .toList(),
                people.all(caller.instanceId()).stream()
                        .collect(Collectors.toMap(Person::agentId, Person::displayName)));
    }

    @Override
    public boolean stillLoggedIn(String accessToken) {
        return authenticator.caller(accessToken).isPresent();
    }

    @Override
    public void calledWith(Caller caller, String number) {
        var settings = me.person(caller).settings();
        people.saveSettings(
                caller.instanceId(),
                caller.personId(),
                new Person.Settings(settings.autoAnswer(), Optional.of(number)));
    }

    @Override
    public void autoAnswers(Caller caller, boolean on) {
        var settings = me.person(caller).settings();
        people.saveSettings(caller.instanceId(), caller.personId(), new Person.Settings(on, settings.lastCaller()));
    }
}
