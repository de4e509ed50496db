package onnx

// entry lists operations that are imported alike.
type entry struct {
	names []string
	apply operation
}

// operations lists what is known, by what becomes of it.
func operations() []entry {
	return []entry{
		{[]string{"Conv", "ConvInteger", "QLinearConv"}, (*importer).conv},
		{[]string{"ConvTranspose"}, (*importer).convTranspose},
		{[]string{"Gemm"}, (*importer).gemm},
		{[]string{"MatMul", "MatMulInteger", "QLinearMatMul"}, (*importer).matMul},

		{[]string{"Attention"}, (*importer).attention},

		{[]string{"MaxPool", "AveragePool", "LpPool"}, (*importer).pool},
		{[]string{"GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool"}, (*importer).globalPool},
		{reductions(), (*importer).reduce},

		{[]string{"BatchNormalization"}, (*importer).batchNorm},
		{[]string{"LayerNormalization", "RMSNormalization", "InstanceNormalization", "GroupNormalization", "LpNormalization",
			"MeanVarianceNormalization", "LRN"}, (*importer).norm},
		{[]string{"Softmax", "LogSoftmax", "Hardmax", "CumSum"}, (*importer).softmax},

		{activations(), (*importer).activation},
		{[]string{"Identity", "Dropout", "Cast", "CastLike", "QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear", "Trilu"}, (*importer).identity},
		{combinations(), (*importer).combine},

		{[]string{"Reshape"}, (*importer).reshape},
		{[]string{"Flatten"}, (*importer).flatten},
		{[]string{"Squeeze"}, (*importer).squeeze},
		{[]string{"Unsqueeze"}, (*importer).unsqueeze},
		{[]string{"Transpose"}, (*importer).transpose},

		{[]string{"Concat"}, (*importer).concat},
		{[]string{"Split"}, (*importer).split},
		{[]string{"Slice"}, (*importer).slice},
		{[]string{"Gather"}, (*importer).gather},
		{[]string{"Pad"}, (*importer).pad},
		{[]string{"Resize", "Upsample"}, (*importer).resize},
		{[]string{"Expand"}, (*importer).expand},
		{[]string{"Tile"}, (*importer).tile},
		{[]string{"DepthToSpace", "SpaceToDepth"}, (*importer).depthSpace},

		{[]string{"Constant"}, (*importer).constant},
		{[]string{"ConstantOfShape"}, (*importer).constantOfShape},
		{[]string{"Shape"}, (*importer).shape},
		{[]string{"Size"}, (*importer).size},
		{[]string{"Range"}, (*importer).rangeOf},
	}
}

// windowOps are the operations that move over a feature map N, C, space.
func windowOps() []string {
	return []string{
		"Conv", "ConvInteger", "QLinearConv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool",
		"GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool", "BatchNormalization", "InstanceNormalization", "GroupNormalization",
	}
}

// activations are functions of each element by itself.
func activations() []string {
	return []string{
		"Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "BitwiseNot", "Ceil", "Celu", "Clip", "Cos", "Cosh", "Elu", "Erf", "Exp", "Floor", "Gelu",
		"HardSigmoid", "HardSwish", "IsInf", "IsNaN", "LeakyRelu", "Log", "Mish", "Neg", "Not", "Reciprocal", "Relu", "Round", "Selu", "Shrink", "Sigmoid",
		"Sign", "Sin", "Sinh", "Softplus", "Softsign", "Sqrt", "Swish", "Tan", "Tanh", "ThresholdedRelu",
	}
}

// combinations are functions of one element of each input.
func combinations() []string {
	return []string{
		"Add", "And", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "BitShift", "Div", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Mean",
		"Min", "Mod", "Mul", "Or", "Pow", "PRelu", "Sub", "Sum", "Where", "Xor",
	}
}

// reductions are functions of all elements along some axes.
func reductions() []string {
	return []string{
		"ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare",
	}
}
