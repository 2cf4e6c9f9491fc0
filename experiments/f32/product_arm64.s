#include "textflag.h"

// The kernel below goes through C in tiles of 16, 4 or 1 columns and 4 or 1
// rows, whose elements stay in V0 to V15. R10 and R11 are where C and A are, R12
// the rows left; R23 is where B is, and R24 what is left of the depth.

// The rows of a tile: those of A are at R19 to R22, those of C at R10, R14, R15 and R25.
#define ROWS4 \
	ADD R8, R11, R20; ADD R8, R20, R21; ADD R8, R21, R22; \
	ADD R6, R10, R14; ADD R6, R14, R15; ADD R6, R15, R25

#define START \
	MOVD R11, R19; \
	MOVD R2, R23; \
	MOVD R4, R24

#define NEXT(loop) \
	ADD R7, R23; \
	SUBS $1, R24; \
	BNE loop

// On to the next n rows, n = 1<<shift.
#define DOWN(shift, n) \
	ADD R6<<shift, R10; \
	ADD R8<<shift, R11; \
	SUB $n, R12

#define FACTOR(row, v) \
	VLD1R (row), [v.S4]; \
	ADD R9, row

#define FMLA4(a, c0, c1, c2, c3) \
	VFMLA V16.S4, a.S4, c0.S4; \
	VFMLA V17.S4, a.S4, c1.S4; \
	VFMLA V18.S4, a.S4, c2.S4; \
	VFMLA V19.S4, a.S4, c3.S4

// productNEON is a productKernel that goes on from C.
// func productNEON(c, a, b *float32, rows, depth, cols, ldc, ldb, arow, acol int)
TEXT ·productNEON(SB), NOSPLIT, $0-80
	MOVD c+0(FP), R0
	MOVD a+8(FP), R1
	MOVD b+16(FP), R2
	MOVD rows+24(FP), R3
	MOVD depth+32(FP), R4
	MOVD cols+40(FP), R5
	MOVD ldc+48(FP), R6
	MOVD ldb+56(FP), R7
	MOVD arow+64(FP), R8
	MOVD acol+72(FP), R9
	LSL  $2, R6
	LSL  $2, R7
	LSL  $2, R8
	LSL  $2, R9

columns:
	CBZ  R5, done
	MOVD R0, R10
	MOVD R1, R11
	MOVD R3, R12
	CMP  $16, R5
	BGE  rows4x16
	CMP  $4, R5
	BGE  rows4x4
	B    rows1x1

rows4x16:
	CMP $4, R12
	BLT rows1x16
	START
	ROWS4
	VLD1 (R10), [V0.S4, V1.S4, V2.S4, V3.S4]
	VLD1 (R14), [V4.S4, V5.S4, V6.S4, V7.S4]
	VLD1 (R15), [V8.S4, V9.S4, V10.S4, V11.S4]
	VLD1 (R25), [V12.S4, V13.S4, V14.S4, V15.S4]

depth4x16:
	VLD1 (R23), [V16.S4, V17.S4, V18.S4, V19.S4]
	FACTOR(R19, V20)
	FACTOR(R20, V21)
	FACTOR(R21, V22)
	FACTOR(R22, V23)
	FMLA4(V20, V0, V1, V2, V3)
	FMLA4(V21, V4, V5, V6, V7)
	FMLA4(V22, V8, V9, V10, V11)
	FMLA4(V23, V12, V13, V14, V15)
	NEXT(depth4x16)
	VST1 [V0.S4, V1.S4, V2.S4, V3.S4], (R10)
	VST1 [V4.S4, V5.S4, V6.S4, V7.S4], (R14)
	VST1 [V8.S4, V9.S4, V10.S4, V11.S4], (R15)
	VST1 [V12.S4, V13.S4, V14.S4, V15.S4], (R25)
	DOWN(2, 4)
	B    rows4x16

rows1x16:
	CBZ R12, next16
	START
	VLD1 (R10), [V0.S4, V1.S4, V2.S4, V3.S4]

depth1x16:
	VLD1 (R23), [V16.S4, V17.S4, V18.S4, V19.S4]
	FACTOR(R19, V20)
	FMLA4(V20, V0, V1, V2, V3)
	NEXT(depth1x16)
	VST1 [V0.S4, V1.S4, V2.S4, V3.S4], (R10)
	DOWN(0, 1)
	B    rows1x16

next16:
	ADD $64, R0
	ADD $64, R2
	SUB $16, R5
	B   columns

rows4x4:
	CMP $4, R12
	BLT rows1x4
	START
	ROWS4
	VLD1 (R10), [V0.S4]
	VLD1 (R14), [V1.S4]
	VLD1 (R15), [V2.S4]
	VLD1 (R25), [V3.S4]

depth4x4:
	VLD1  (R23), [V16.S4]
	FACTOR(R19, V20)
	FACTOR(R20, V21)
	FACTOR(R21, V22)
	FACTOR(R22, V23)
	VFMLA V16.S4, V20.S4, V0.S4
	VFMLA V16.S4, V21.S4, V1.S4
	VFMLA V16.S4, V22.S4, V2.S4
	VFMLA V16.S4, V23.S4, V3.S4
	NEXT(depth4x4)
	VST1  [V0.S4], (R10)
	VST1  [V1.S4], (R14)
	VST1  [V2.S4], (R15)
	VST1  [V3.S4], (R25)
	DOWN(2, 4)
	B     rows4x4

rows1x4:
	CBZ R12, next4
	START
	VLD1 (R10), [V0.S4]

depth1x4:
	VLD1  (R23), [V16.S4]
	FACTOR(R19, V20)
	VFMLA V16.S4, V20.S4, V0.S4
	NEXT(depth1x4)
	VST1  [V0.S4], (R10)
	DOWN(0, 1)
	B     rows1x4

next4:
	ADD $16, R0
	ADD $16, R2
	SUB $4, R5
	B   columns

rows1x1:
	CBZ R12, next1
	START
	FMOVS (R10), F0

depth1x1:
	FMOVS  (R23), F16
	FMOVS  (R19), F20
	ADD    R9, R19
	FMADDS F16, F0, F20, F0
	NEXT(depth1x1)
	FMOVS  F0, (R10)
	DOWN(0, 1)
	B      rows1x1

next1:
	ADD $4, R0
	ADD $4, R2
	SUB $1, R5
	B   columns

done:
	RET
