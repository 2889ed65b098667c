;; Skips one JSON value, 64 bytes at a time: finds where an object or a list ends without reading what is in it.
;; Each block is turned into bit masks, one bit per byte: quotes that are not escaped give the strings, and brackets
;; outside of strings give the depth. The way to the masks is that of simdjson (https://arxiv.org/abs/1902.08318).
;; `npm run generate` assembles it into json-skip-code.ts.

(module
  (memory (export "memory") 1)
  ;; Brackets that are open.
  (global $depth (export "depth") (mut i32) (i32.const 0))
  (global $deepest i32 (i32.const 1000))
  ;; All ones inside a string.
  (global $quoted (mut i64) (i64.const 0))
  ;; One where the next byte is escaped.
  (global $escaped (mut i64) (i64.const 0))

  ;; A new value begins, inside of so many open brackets that are to be closed.
  (func (export "begin") (param $depth i32)
    (global.set $depth (local.get $depth))
    (global.set $quoted (i64.const 0))
    (global.set $escaped (i64.const 0)))

  ;; One bit for each of 64 bytes.
  (func $bits (param $a v128) (param $b v128) (param $c v128) (param $d v128) (result i64)
    (i64.or
      (i64.or
        (i64.extend_i32_u (i8x16.bitmask (local.get $a)))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $b))) (i64.const 16)))
      (i64.or
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $c))) (i64.const 32))
        (i64.shl (i64.extend_i32_u (i8x16.bitmask (local.get $d))) (i64.const 48)))))

  ;; Reads the bytes from `at` to before `end`. Returns the place behind the bracket that closes the value, with a depth
  ;; of 0; or `end` with what is still open, and is called again with the bytes that follow; or -1 where it is nested
  ;; too deep.
  (func (export "skip") (param $at i32) (param $end i32) (result i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $byte v128) (local $quotes i64) (local $slashes i64) (local $potential i64) (local $terminal i64)
    (local $inside i64) (local $opens i64) (local $closes i64) (local $both i64) (local $bit i64) (local $char i32)
    (block $tail
      (loop $next
        (br_if $tail (i32.gt_u (i32.add (local.get $at) (i32.const 64)) (local.get $end)))
        (local.set $a (v128.load offset=0 (local.get $at)))
        (local.set $b (v128.load offset=16 (local.get $at)))
        (local.set $c (v128.load offset=32 (local.get $at)))
        (local.set $d (v128.load offset=48 (local.get $at)))
        (local.set $byte (i8x16.splat (i32.const 0x22)))
        (local.set $quotes
          (call $bits
            (i8x16.eq (local.get $a) (local.get $byte)) (i8x16.eq (local.get $b) (local.get $byte))
            (i8x16.eq (local.get $c) (local.get $byte)) (i8x16.eq (local.get $d) (local.get $byte))))
        (local.set $byte (i8x16.splat (i32.const 0x5c)))
        (local.set $slashes
          (call $bits
            (i8x16.eq (local.get $a) (local.get $byte)) (i8x16.eq (local.get $b) (local.get $byte))
            (i8x16.eq (local.get $c) (local.get $byte)) (i8x16.eq (local.get $d) (local.get $byte))))
        ;; In a run of backslashes every second one is escaped, and so is what follows a run of odd length.
        (if (i64.ne (i64.or (local.get $slashes) (global.get $escaped)) (i64.const 0))
          (then
            (local.set $potential
              (i64.and (local.get $slashes) (i64.xor (global.get $escaped) (i64.const -1))))
            (local.set $terminal
              (i64.xor
                (i64.sub
                  (i64.or (i64.shl (local.get $potential) (i64.const 1)) (i64.const 0xaaaaaaaaaaaaaaaa))
                  (local.get $potential))
                (i64.const 0xaaaaaaaaaaaaaaaa)))
            (local.set $quotes
              (i64.and
                (local.get $quotes)
                (i64.xor
                  (i64.xor (local.get $terminal) (i64.or (local.get $slashes) (global.get $escaped)))
                  (i64.const -1))))
            (global.set $escaped
              (i64.shr_u (i64.and (local.get $terminal) (local.get $slashes)) (i64.const 63)))))
        ;; From each opening quote to before its closing one.
        (local.set $inside (local.get $quotes))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 1))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 2))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 4))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 8))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 16))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 32))))
        (local.set $inside (i64.xor (local.get $inside) (global.get $quoted)))
        (global.set $quoted (i64.shr_s (local.get $inside) (i64.const 63)))
        ;; `[` and `{`, `]` and `}` differ in one bit.
        (local.set $byte (i8x16.splat (i32.const 0x20)))
        (local.set $a (v128.or (local.get $a) (local.get $byte)))
        (local.set $b (v128.or (local.get $b) (local.get $byte)))
        (local.set $c (v128.or (local.get $c) (local.get $byte)))
        (local.set $d (v128.or (local.get $d) (local.get $byte)))
        (local.set $byte (i8x16.splat (i32.const 0x7b)))
        (local.set $opens
          (i64.and
            (call $bits
              (i8x16.eq (local.get $a) (local.get $byte)) (i8x16.eq (local.get $b) (local.get $byte))
              (i8x16.eq (local.get $c) (local.get $byte)) (i8x16.eq (local.get $d) (local.get $byte)))
            (i64.xor (local.get $inside) (i64.const -1))))
        (local.set $byte (i8x16.splat (i32.const 0x7d)))
        (local.set $closes
          (i64.and
            (call $bits
              (i8x16.eq (local.get $a) (local.get $byte)) (i8x16.eq (local.get $b) (local.get $byte))
              (i8x16.eq (local.get $c) (local.get $byte)) (i8x16.eq (local.get $d) (local.get $byte)))
            (i64.xor (local.get $inside) (i64.const -1))))
        (if (i32.gt_s (global.get $depth) (i32.wrap_i64 (i64.popcnt (local.get $closes))))
          (then
            (global.set $depth
              (i32.add
                (global.get $depth)
                (i32.wrap_i64 (i64.sub (i64.popcnt (local.get $opens)) (i64.popcnt (local.get $closes)))))))
          (else
            ;; It may end in this block: bracket by bracket.
            (local.set $both (i64.or (local.get $opens) (local.get $closes)))
            (block $done
              (loop $bracket
                (br_if $done (i64.eqz (local.get $both)))
                (local.set $bit (i64.ctz (local.get $both)))
                (if (i32.wrap_i64 (i64.and (i64.shr_u (local.get $closes) (local.get $bit)) (i64.const 1)))
                  (then
                    (global.set $depth (i32.sub (global.get $depth) (i32.const 1)))
                    (if (i32.eqz (global.get $depth))
                      (then
                        (return
                          (i32.add
                            (i32.add (local.get $at) (i32.wrap_i64 (local.get $bit)))
                            (i32.const 1))))))
                  (else (global.set $depth (i32.add (global.get $depth) (i32.const 1)))))
                (local.set $both (i64.and (local.get $both) (i64.sub (local.get $both) (i64.const 1))))
                (br $bracket)))))
        (if (i32.gt_s (global.get $depth) (global.get $deepest)) (then (return (i32.const -1))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $next)))
    ;; Less than a block: byte by byte.
    (block $out
      (loop $one
        (br_if $out (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $char (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (if (i64.ne (global.get $escaped) (i64.const 0))
          (then (global.set $escaped (i64.const 0)) (br $one)))
        (if (i64.ne (global.get $quoted) (i64.const 0))
          (then
            (if (i32.eq (local.get $char) (i32.const 0x5c)) (then (global.set $escaped (i64.const 1))))
            (if (i32.eq (local.get $char) (i32.const 0x22)) (then (global.set $quoted (i64.const 0))))
            (br $one)))
        (if (i32.eq (local.get $char) (i32.const 0x22)) (then (global.set $quoted (i64.const -1))))
        (local.set $char (i32.or (local.get $char) (i32.const 0x20)))
        (if (i32.eq (local.get $char) (i32.const 0x7b))
          (then
            (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
            (if (i32.gt_s (global.get $depth) (global.get $deepest)) (then (return (i32.const -1))))))
        (if (i32.eq (local.get $char) (i32.const 0x7d))
          (then
            (global.set $depth (i32.sub (global.get $depth) (i32.const 1)))
            (if (i32.eqz (global.get $depth)) (then (return (local.get $at))))))
        (br $one)))
    (local.get $at)))
