package dev.lexigram.tenancy.resolution;

/** What one source said, with the source's name and how far it is believed. */
public record SourcedResolution(String source, Trust trust, Resolution resolution) {}
