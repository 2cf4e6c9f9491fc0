// Package data brings the labelled pictures of digits that the nets learn from.
//
// The default set is drawn from a seed: a pen follows skeletons of the ten digits that bend, lean and wobble from one
// sample to the next. It needs no files, holds the same bytes on every machine, and is about as hard as scanned
// handwriting. It is called "synthetic digits" wherever a name is shown. Real MNIST, or any other set of 28×28 digits in
// IDX files, is read from a folder.
//
// Both are four IDX files to begin with, on disk or in memory, so that one digest identifies either.
package data
