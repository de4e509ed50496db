// Package zerocost is the simulator "zero-cost": scores of the untrained networks of a search space (accelerators/dnn/nas), by the mathematics of
// accelerators/dnn/zerocost. It adds what needs files: the batch of images that NASWOT looks at.
//
// Scores are no accuracies: they order the networks of one space, roughly. What they are worth is measured: `codesign validate nas --data DIR` prints Kendall's tau
// of each score with the accuracies of NAS-Bench-201. A simulator of hardware over the same space joins them by simulators.Join.
//
// # Initial weights
//
// They are drawn from the setting seed and the class of equal networks (SearchSpace.Canonical) alone, so that the simulator is a function of the
// design; a score is the mean over the setting initialisations.
//
// # Images
//
// A folder, searched through its folders, or a tar archive, plain or gzip, of PNG and JPEG files. Of all of them, ordered by path, batch ones at
// equal distances are taken: as many of each class where each has a folder and equally many images. An image is scaled to the size of the networks'
// input (Catmull-Rom); each channel is shifted and scaled to mean 0 and variance 1 over the batch.
package zerocost
