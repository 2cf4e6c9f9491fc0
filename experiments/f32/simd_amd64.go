package f32

import "golang.org/x/sys/cpu"

// sets lists the instruction sets of this machine that have kernels.
func sets() []*kernels {
	var sets []*kernels
	if cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasBMI2 {
		sets = append(sets, &avx512)
	}
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasBMI2 {
		sets = append(sets, &avx2)
	}
	return sets
}

var avx512 = kernels{
	name:  "avx512",
	lanes: 16,
	tiles: []productKernel{productAVX512_8x1, productAVX512_8x2, productAVX512_8x3,
		productAVX512_4x4, productAVX512_4x5, productAVX512_4x6, productAVX512_4x6q},
	quads:       true,
	mulSparse:   []mulKernel{{7, mulSparseAVX512x7}, {4, mulSparseAVX512x4}, {2, mulSparseAVX512x2}, {1, mulSparseAVX512x1}},
	mulTASparse: []mulTAKernel{{7, mulTASparseAVX512x7}, {4, mulTASparseAVX512x4}, {2, mulTASparseAVX512x2}, {1, mulTASparseAVX512x1}},
	copyRows:    copyRowsAVX512, transpose: transposeAVX, prefetch: prefetchAVX,
	mul2:  mul2AVX512,
	scale: scaleAVX512, addScaled: addScaledAVX512,
	atLeast: atLeastAVX512, relu: reluAVX512, reluGrad: reluGradAVX512,
	exp: expAVX512, tanh: tanhAVX512, sigmoid: sigmoidAVX512,
	sumRows: sumRowsAVX512, sumProducts: sumProductsAVX512, sumSquares: sumSquaresAVX512,
	standardize: standardizeAVX512, scaleShift: scaleShiftAVX512, standardizeGrad: standardizeGradAVX512,
	sgd: sgdAVX512, momentum: momentumAVX512, adaGrad: adaGradAVX512, adam: adamAVX512,
	peak: peakAVX512,
}

var avx2 = kernels{
	name:        "avx2",
	lanes:       8,
	tiles:       []productKernel{productAVX2_12x1, productAVX2_6x2},
	mulSparse:   []mulKernel{{13, mulSparseAVX2x13}, {7, mulSparseAVX2x7}, {4, mulSparseAVX2x4}, {2, mulSparseAVX2x2}, {1, mulSparseAVX2x1}},
	mulTASparse: []mulTAKernel{{13, mulTASparseAVX2x13}, {7, mulTASparseAVX2x7}, {4, mulTASparseAVX2x4}, {2, mulTASparseAVX2x2}, {1, mulTASparseAVX2x1}},
	copyRows:    copyRowsAVX2, transpose: transposeAVX, prefetch: prefetchAVX,
	mul2:  mul2AVX2,
	scale: scaleAVX2, addScaled: addScaledAVX2,
	atLeast: atLeastAVX2, relu: reluAVX2, reluGrad: reluGradAVX2,
	exp: expAVX2, tanh: tanhAVX2, sigmoid: sigmoidAVX2,
	sumRows: sumRowsAVX2, sumProducts: sumProductsAVX2, sumSquares: sumSquaresAVX2,
	standardize: standardizeAVX2, scaleShift: scaleShiftAVX2, standardizeGrad: standardizeGradAVX2,
	sgd: sgdAVX2, momentum: momentumAVX2, adaGrad: adaGradAVX2, adam: adamAVX2,
	peak: peakAVX2,
}
