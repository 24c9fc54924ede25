package dev.ringmaster.persistence.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Gathers what is asked while an answer is under way and asks it together: alone a question waits for nobody, and
/// under load a thousand share the price of one.
///
/// @param <Q> a question
/// @param <A> its answer
final class Gathering<Q, A> {
    private final Executor executor;
    private final Function<List<Q>, List<A>> ask;
    private final Limits limits;
    private final ConcurrentLinkedQueue<Waiting<Q, A>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();

    private record Waiting<Q, A>(Q question, CompletableFuture<A> answer) {}

    /// @param underWay rounds at once
    /// @param together questions of one round
    /// @param waiting questions that may wait; each further one fails at once
    record Limits(int underWay, int together, int waiting) {}

    /// @param ask answers the questions of a round in their order; what it throws is the answer to all of them
    Gathering(Executor executor, Limits limits, Function<List<Q>, List<A>> ask) {
        this.executor = executor;
        this.limits = limits;
        this.ask = ask;
    }

    CompletableFuture<A> ask(Q question) {
        if (waiting.incrementAndGet() > limits.waiting()) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new IllegalStateException("more than " + limits.waiting() + " wait for the journal already"));
        }
        var asked = new Waiting<Q, A>(question, new CompletableFuture<>());
        queue.add(asked);
        begin();
        return asked.answer();
    }

    private void begin() {
        var running = underWay.get();
        while (running < limits.underWay() && !queue.isEmpty()) {
            if (underWay.compareAndSet(running, running + 1)) {
                executor.execute(this::rounds);
                return;
            }
            running = underWay.get();
        }
    }

    private void rounds() {
        try {
            for (var round = next(); !round.isEmpty(); round = next()) {
                answer(round);
            }
        } finally {
            underWay.decrementAndGet();
            begin(); // what came between the last look and here
        }
    }

    private List<Waiting<Q, A>> next() {
        var round = new ArrayList<Waiting<Q, A>>();
        while (round.size() < limits.together()) {
            var one = queue.poll();
            if (one == null) {
                break;
            }
            round.add(one);
        }
        waiting.addAndGet(-round.size());
        return round;
    }

    private void answer(List<Waiting<Q, A>> round) {
        try {
            var answers = ask.apply(round.stream().map(Waiting::question).toList());
            for (int i = 0; i < round.size(); i++) {
                round.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            round.forEach(one -> one.answer().completeExceptionally(e));
        }
    }
}
