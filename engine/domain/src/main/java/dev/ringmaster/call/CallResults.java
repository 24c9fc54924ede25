package dev.ringmaster.call;

/// Maps the end of a leg to the result of the attempt (OBT-032). A Q.850 cause that is in the table says more than the
/// SIP status beside it, so it is looked at first.
public final class CallResults {
    private CallResults() {}

    public static CallResult of(LegEnd end) {
        return switch (end.how()) {
            case REMOTE_HUNG_UP -> CallResult.SUCCESS;
            case REFUSED -> refused(end.sipStatus(), end.q850());
            case RING_TIMEOUT -> CallResult.NO_ANSWER;
            case SIGNALLING_LOST, LOCALLY_REJECTED, EDGE_LOST -> CallResult.CALL_LOSS;
            case CLOSED -> CallResult.OTHER;
        };
    }

    private static CallResult refused(int sipStatus, int q850) {
        return switch (q850) {
            case 17 -> CallResult.BUSY;
            case 18, 19 -> CallResult.NO_ANSWER;
            case 21 -> CallResult.REJECTED;
            case 20 -> CallResult.OUT_OF_AREA; // powered off only by announcement
            case 27 -> CallResult.SUSPENDED;
            case 1, 28 -> CallResult.EMPTY_NUMBER;
            case 34, 38, 41, 42 -> CallResult.CALL_LOSS;
            default -> byStatus(sipStatus, q850);
        };
    }

    private static CallResult byStatus(int sipStatus, int q850) {
        return switch (sipStatus) {
            case 486, 600 -> CallResult.BUSY;
            case 408 -> CallResult.NO_ANSWER;
            case 480 -> q850 == 0 ? CallResult.NO_ANSWER : CallResult.OTHER;
            case 403, 603 -> CallResult.REJECTED;
            case 404, 410, 604 -> CallResult.EMPTY_NUMBER;
            default -> sipStatus >= 500 && sipStatus < 600 ? CallResult.CALL_LOSS : CallResult.OTHER;
        };
    }
}
