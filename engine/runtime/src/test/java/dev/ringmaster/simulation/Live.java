package dev.ringmaster.simulation;

/// Something that runs on a machine under a key, e.g. `call|…`, and is sent messages.
interface Live {
    String key();

    void receive(Object message);

    /// As sharding stops it: after what it is doing.
    void stop();

    /// Gone at once, in the middle of whatever it does.
    void kill();
}
