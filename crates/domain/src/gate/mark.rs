//! What binding expressions do to the sentence they stand in.

/// The marks and their names in the tables.
macro_rules! marks {
    ($($name:ident),* $(,)?) => {
        /// What an expression does to the sentence it stands in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Mark {
            $($name),*
        }

        impl Mark {
            /// The mark that the tables call `name`.
            pub(super) fn named(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($name) => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

marks!(
    Free, Paid, Open, Closed, Included, Excluded, Extra, Discount, Full, Urgent, Cancelled, Begins, Ends,
    Rise, Fall, Neg, None, Never, Forbidden, Optional, Only, Except, Even, Cond, Wish, May, Must, All, Some,
    Once, Approx, Usually, Always, Now, First, Then, Until, Latest, Earliest, From, Before, After, Max, Min,
    Within, Under, Over, Otherwise, Unable, Banned, During, For, Charged, AllHours, Each, Per, Have,
);
