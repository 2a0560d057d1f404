package dev.tributary.export;

import java.util.Map;
import java.util.Set;
import org.tribuo.util.onnx.ONNXAttribute;
import org.tribuo.util.onnx.ONNXOperator;
import org.tribuo.util.onnx.ONNXOperators;

/** Operators of ONNX opset 13 that Tribuo's list lacks. */
enum OnnxOperator implements ONNXOperator {
    /** True where the input is NaN. */
    IS_NAN("IsNaN", 1, 0),
    /** The input where it is positive, else 0. */
    RELU("Relu", 1, 0),
    /** Input, least value, greatest value. */
    CLIP("Clip", 1, 2);

    private final String opName;
    private final int inputs;
    private final int optionalInputs;

    OnnxOperator(String opName, int inputs, int optionalInputs) {
        this.opName = opName;
        this.inputs = inputs;
        this.optionalInputs = optionalInputs;
    }

    @Override
    public String getOpName() {
        return opName;
    }

    @Override
    public int getNumInputs() {
        return inputs;
    }

    @Override
    public int getNumOptionalInputs() {
        return optionalInputs;
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    public Map<String, ONNXAttribute> getAttributes() {
        return Map.of();
    }

    @Override
    public Set<String> getMandatoryAttributeNames() {
        return Set.of();
    }

    @Override
    public int getOpVersion() {
        return ONNXOperators.getOpsetVersion();
    }

    @Override
    @SuppressWarnings("NullAway") // ONNX's own domain has no name here
    public String getOpDomain() {
        return null;
    }
}
