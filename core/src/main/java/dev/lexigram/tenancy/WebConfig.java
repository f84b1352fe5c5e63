package dev.lexigram.tenancy;

/**
 * How the library joins the web edge: section {@code web} of the configuration. Immutable.
 *
 * @param filterOrder where the filter stands among the others; the lower the earlier. The default lies just behind
 *     Spring Security
 */
public record WebConfig(int filterOrder) {

    public static final WebConfig DEFAULTS = new WebConfig(-90);

    public WebConfig withFilterOrder(int filterOrder) {
        return new WebConfig(filterOrder);
    }
}
