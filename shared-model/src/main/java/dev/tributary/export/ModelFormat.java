package dev.tributary.export;

/** The kinds of file that a model can be written as. */
public enum ModelFormat {
    /** Tribuo's protobuf format; a missing value is a feature left out of the example. */
    TRIBUO("tribuo", "application/x-protobuf"),
    /** ONNX, opset 13; a missing value is NaN. */
    ONNX("onnx", "application/octet-stream"),
    /** Text for people and for programs in any language. */
    JSON("json", "application/json");

    private final String extension;
    private final String mediaType;

    ModelFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    /** The file name extension, without dot. */
    public String extension() {
        return extension;
    }

    /** The media type for HTTP. */
    public String mediaType() {
        return mediaType;
    }
}
