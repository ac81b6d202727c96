-- Numbers that nothing read.
DROP TABLE daily_counts;
