// Package loopnest costs a layer on an arbitrary memory hierarchy under a mapping: the loops of the layer, tiled and spread over the levels.
package loopnest
