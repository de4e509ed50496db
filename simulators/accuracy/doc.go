// Package accuracy is the simulator "accuracy": the accuracy of the networks of a search space (accelerators/dnn/nas), by an oracle that states its error
// (accelerators/dnn/accuracy). It adds what needs files and processes: tables of measured accuracies, fitted models, the weight file of a published
// predictor, training scripts.
//
// Accuracy and hardware are joined by simulators.Join over the same space, or by simulators.Stage, which asks the accuracy only of networks that the hardware passes.
//
// # Classes of equal networks
//
// Surrogates say the same for networks that compute the same functions (SearchSpace.Canonical), and a training script is asked once for such a class, for
// its canonical network. A table says what it has, twins differing by the noise of training.
//
// # Noise
//
// Another training of the same network gives another accuracy. The setting noise adds a normal deviate of that standard deviation, drawn from noise_seed and the network
// alone, so that the simulator stays a function of the design; accuracies stay within [0, 100] %.
//
// # Files
//
//	table      CSV with a header, plain or gzip; the columns that name a network (arch: nb201 and nbmacro, kept as text; d, ks, e, r: ofa) and the
//	           one of the setting column; a row without a value there is left out
//	model      what codesign accuracy fit writes
//	predictor  372,801 little-endian 32-bit floats, plain or gzip: W1 b1 W2 b2 W3 b3 W4 b4, one row of a matrix an output
//
// # Training scripts
//
// A script speaks the protocol of docs/protocol.md, has the axes that `codesign describe accuracy` lists, and reports accuracy_percent. It is killed when a
// training takes longer than the setting timeout, when it dies or writes anything else than the protocol; that network is then a failed
// evaluation with the script's last words, and the others go on.
package accuracy
