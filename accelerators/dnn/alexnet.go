package dnn

// AlexNet returns the network of Krizhevsky et al. (2012) with the two towers as groups of its second, fourth and fifth convolution.
// The input is 227×227: the paper prints 224, which its own 55×55 first layer does not follow from. The local response normalisations have no
// trained values; ReLU and dropout are not layers.
func AlexNet() Network {
	b := NewBuilder("alexnet", Shape{227, 227, 3})

	x := b.Conv("conv1", Filter{Filters: 96, Kernel: 11, Stride: 4, Bias: true}, NetworkInput)
	x = b.Map("norm1", x)
	x = b.Pool("pool1", 3, 2, 0, x)

	x = b.Conv("conv2", Filter{Filters: 256, Kernel: 5, Pad: 2, Groups: 2, Bias: true}, x)
	x = b.Map("norm2", x)
	x = b.Pool("pool2", 3, 2, 0, x)

	x = b.Conv("conv3", Filter{Filters: 384, Kernel: 3, Pad: 1, Bias: true}, x)
	x = b.Conv("conv4", Filter{Filters: 384, Kernel: 3, Pad: 1, Groups: 2, Bias: true}, x)
	x = b.Conv("conv5", Filter{Filters: 256, Kernel: 3, Pad: 1, Groups: 2, Bias: true}, x)
	x = b.Pool("pool5", 3, 2, 0, x)

	x = b.Dense("fc6", 4096, x)
	x = b.Dense("fc7", 4096, x)
	x = b.Dense("fc8", 1000, x)
	b.Map("softmax", x)
	return published(b)
}
