package dev.lexigram.tenancy.postgres.isolation;

/** The driver interpolates parameters and sends whole texts. */
class PlainBinderSimpleModeTest extends BinderContract {

    @Override
    BinderUnderTest binder() {
        return BinderUnderTest.PLAIN;
    }

    @Override
    String driverProperties() {
        return "preferQueryMode=simple";
    }

    // Entry by entry in the driver's simple mode; as a whole or not at all under the plain binder.
    @Override
    boolean deviates(Scenario scenario, boolean autoCommit) {
        return autoCommit && scenario.name().equals("a batch that fails");
    }
}
